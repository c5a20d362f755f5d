// How many pages with a picture at their top are open: the top bar lies on the picture then, and is dark.

class ArtOnTop {
  count = $state(0);
}

export const artOnTop = new ArtOnTop();
