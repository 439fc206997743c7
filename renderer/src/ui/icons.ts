/** The one outline icon set, by the names this app uses. */
export {
  Activity as ActivityIcon, ArrowLeft as BackIcon, ArrowRight as NextIcon, BadgeCheck as VerifiedIcon, BookOpen as LearnIcon, Building2 as CompaniesIcon, Check as CheckIcon,
  ChevronDown as DownIcon, ChevronRight as RightIcon, ChevronUp as UpIcon, CircleAlert as AlertIcon, CircleCheck as DoneIcon, CircleSlash as NeverIcon,
  CircleX as MismatchIcon, Copy as CopyIcon, ExternalLink as OutIcon, Download as SaveIcon, Eye as ShowIcon, EyeOff as HideIcon, FileUp as UploadIcon, FlaskConical as SampleIcon,
  FolderOpen as FolderIcon, House as HomeIcon, Inbox as InboxIcon, Info as InfoIcon, KeyRound as KeyIcon, Lock as LockIcon, LockOpen as LockOpenIcon, NotebookTabs as ProfileIcon,
  Pause as PauseIcon, Pencil as EditIcon, Sparkle as PatternIcon, Plus as PlusIcon, Printer as PrintIcon, RefreshCw as RefreshIcon, Search as SearchIcon, Settings as SettingsIcon, ShieldCheck as EnforcedIcon,
  ScrollText as DeclaredIcon, MessageSquareQuote as ClaimedIcon, Trash2 as DeleteIcon, TriangleAlert as WarnIcon, X as CloseIcon, Import as SourcesIcon, Unplug as LostIcon, CircleDashed as UnverifiedIcon, FileText as PageIcon, TrendingUp as GrowingIcon, TrendingDown as FadingIcon, MoveRight as SteadyIcon, Sprout as NewIcon, Wind as BreathingIcon,
} from 'lucide-react';
