/** The one outline icon set, by the names this app uses. */
export {
  Activity as ActivityIcon, ArrowLeft as BackIcon, ArrowRight as NextIcon, BadgeCheck as VerifiedIcon, BookOpen as LearnIcon, Building2 as CompaniesIcon, Check as CheckIcon,
  ChevronDown as DownIcon, ChevronRight as RightIcon, ChevronUp as UpIcon, CircleAlert as AlertIcon, CircleCheck as DoneIcon, CircleHelp as HelpIcon, CircleSlash as NeverIcon,
  CircleX as MismatchIcon, Clock as ClockIcon, Copy as CopyIcon, Download as SaveIcon, Eye as ShowIcon, EyeOff as HideIcon, FileDown as FileIcon, FileUp as UploadIcon, FlaskConical as SampleIcon,
  FolderOpen as FolderIcon, House as HomeIcon, Inbox as InboxIcon, Info as InfoIcon, KeyRound as KeyIcon, Lock as LockIcon, LockOpen as LockOpenIcon, Minus as MinusIcon, NotebookTabs as ProfileIcon,
  Pencil as EditIcon, Plus as PlusIcon, Printer as PrintIcon, RefreshCw as RefreshIcon, RotateCcw as UndoIcon, Search as SearchIcon, Settings as SettingsIcon, ShieldCheck as EnforcedIcon,
  ScrollText as DeclaredIcon, MessageSquareQuote as ClaimedIcon, Trash2 as DeleteIcon, TriangleAlert as WarnIcon, X as CloseIcon, Import as SourcesIcon, Unplug as LostIcon, CircleDashed as UnverifiedIcon, FileText as PageIcon, Hand as HandIcon,
} from 'lucide-react';
