/** Hands text to the person as a file, without leaving the page. */
export function saveTextFile(name: string, text: string | readonly string[], type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob(typeof text === 'string' ? [text] : [...text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download reads the blob a moment after the click.
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
