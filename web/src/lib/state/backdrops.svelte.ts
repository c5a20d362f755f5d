// Counts the backdrop images on the page: the top bar lies on top of them and is dark then.

class Backdrops {
  count = $state(0);
}

export const backdrops = new Backdrops();
