// The picture that `app.html` shows before the application is there.

const ID = 'early-picture';

/** After the next frame is on its way to the screen. */
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Once it is on the screen, or there is none. A page that is built before that would hold it up. */
export async function earlyPicturePainted(): Promise<void> {
  const picture = document.querySelector<HTMLImageElement>(`#${ID} img`);
  if (!picture) return;
  try {
    await picture.decode();
  } catch {
    return;
  }
  await nextFrame();
  await nextFrame();
}

/** Ends it, once the page shows its own, or none. */
export async function removeEarlyPicture(): Promise<void> {
  const picture = document.getElementById(ID);
  if (!picture) return;
  // What is below it may not have been painted yet.
  await nextFrame();
  picture.remove();
}
