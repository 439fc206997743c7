/** The token of a permission: what it is, and how to hand it over. */
import { requestsCopy } from '../copy/requests.ts';
import { Button } from '../ui/button.tsx';
import { SaveIcon } from '../ui/icons.ts';
import { Disclosure } from '../ui/surfaces.tsx';
import { CopyButton } from './copy-button.tsx';
import { saveTextFile } from './save-file.ts';

export function TokenPanel({ token, name, domain }: { readonly token: string; readonly name: string; readonly domain: string }) {
  return (
    <div className="stack">
      <p>{requestsCopy.tokenSays}</p>
      <p className="soft">{requestsCopy.hand(name)}</p>
      <div className="row">
        <CopyButton variant="primary" text={token} label={requestsCopy.copyToken} done={requestsCopy.copied} failed={requestsCopy.copyFailed} />
        <Button onClick={() => { saveTextFile(requestsCopy.tokenFile(domain), token); }}><SaveIcon size={18} aria-hidden />{requestsCopy.saveToken}</Button>
      </div>
      <Disclosure summary={requestsCopy.showToken}><pre className="raw" tabIndex={0} aria-label={requestsCopy.token}>{token}</pre></Disclosure>
    </div>
  );
}
