/** Whether the page is asking for a proof, and how that ends. */
import { create } from 'zustand';
import { onUnlockAgain } from '../bridge/client.ts';

/** `answer`: null while nothing is asked. */
export const useUnlockAgain = create<{ readonly answer: ((proven: boolean) => void) | null }>()(() => ({ answer: null }));

/** Starts listening. Call once. */
export function watchUnlockAgain(): void {
  onUnlockAgain(() => new Promise((resolve) => {
    useUnlockAgain.setState({
      answer: (proven) => {
        useUnlockAgain.setState({ answer: null });
        resolve(proven);
      },
    });
  }));
}
