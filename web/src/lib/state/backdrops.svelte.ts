// Counts the backdrop images on the page: the top bar overlays them and is dark if there is one.

class Backdrops {
  count = $state(0);
}

export const backdrops = new Backdrops();
