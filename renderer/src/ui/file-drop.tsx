/** A place to drop files and folders, with buttons that do the same. */
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { controls } from '../copy/controls.ts';
import { Button } from './button.tsx';
import { UploadIcon } from './icons.ts';

interface FileDropProps { readonly title: ReactNode; readonly hint?: ReactNode; readonly accept?: string; readonly folders?: boolean; readonly multiple?: boolean; readonly disabled?: boolean; readonly onFiles: (files: readonly File[]) => void; readonly extra?: ReactNode }

const readEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); })];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // A reader hands out at most a hundred entries at a time, and an empty batch at the end.
  for (let batch = await readEntries(reader); batch.length > 0; batch = await readEntries(reader)) {
    for (const inner of batch) found.push(...await filesOf(inner));
  }
  return found;
}

/** Everything dropped, folders walked through. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const plain = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some((entry) => entry.isDirectory)) return plain;
  return (await Promise.all(entries.map(filesOf))).flat();
}

export function FileDrop({ title, hint, accept, folders = false, multiple = true, disabled = false, onFiles, extra }: FileDropProps) {
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (list: readonly File[]) => { if (list.length > 0 && !disabled) onFiles(list); };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    droppedFiles(event.dataTransfer).then(take, () => { take([]); });
  };
  const picked = (input: HTMLInputElement) => {
    take([...(input.files ?? [])]);
    input.value = '';
  };
  return (
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={drop}
    >
      <UploadIcon size={28} aria-hidden />
      <p><strong>{title}</strong></p>
      {hint === undefined ? null : <p className="soft">{hint}</p>}
      <div className="row">
        <Button disabled={disabled} onClick={() => files.current?.click()}>{multiple ? controls.chooseFiles : controls.chooseFile}</Button>
        {folders ? <Button disabled={disabled} onClick={() => folder.current?.click()}>{controls.chooseFolder}</Button> : null}
        {extra}
      </div>
      <input ref={files} type="file" hidden multiple={multiple} accept={accept} aria-label={multiple ? controls.chooseFiles : controls.chooseFile} onChange={(event) => { picked(event.target); }} />
      {folders ? <input ref={(input) => { folder.current = input; input?.setAttribute('webkitdirectory', ''); }} type="file" hidden multiple aria-label={controls.chooseFolder} onChange={(event) => { picked(event.target); }} /> : null}
    </div>
  );
}
