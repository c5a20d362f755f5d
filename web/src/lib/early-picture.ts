// The image that `app.html` shows before the application is loaded.

const ID = 'early-picture';

/** Resolves once the next frame has been handed to the compositor. */
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Resolves once the image is on the screen, or if there is none. Building the page earlier would delay the image. */
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

/** Removes the image once the page shows its own, or has none. */
export async function removeEarlyPicture(): Promise<void> {
  const picture = document.getElementById(ID);
  if (!picture) return;
  // The image of the page below may not have been painted yet.
  await nextFrame();
  picture.remove();
}
