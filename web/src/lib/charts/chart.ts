// Chart.js with only the parts in use. Imported lazily, so that other pages do not load it.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface Bars {
  labels: string[];
  values: number[];
  /** Formats the value of a bar as text. */
  describe: (value: number) => string;
  /** Draws horizontal bars, for long labels. */
  horizontal?: boolean;
}

export interface BarChart {
  update: (bars: Bars) => void;
  /** Applies the page's colours again after the theme has changed. */
  recolor: () => void;
  destroy: () => void;
}

/** Draws bars on a canvas, in the colours of the page. */
export function drawBars(canvas: HTMLCanvasElement, bars: Bars): BarChart {
  let shown = bars;
  const chart = new Chart<'bar', number[], string>(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options: {}
  });

  function draw() {
    const color = (name: string) => getComputedStyle(canvas).getPropertyValue(name).trim();
    const font = { family: getComputedStyle(canvas).fontFamily, size: 12 };
    const [values, names] = shown.horizontal ? (['x', 'y'] as const) : (['y', 'x'] as const);
    chart.data = {
      labels: shown.labels,
      datasets: [
        {
          data: shown.values,
          backgroundColor: color('--accent'),
          hoverBackgroundColor: color('--fg'),
          borderRadius: 5,
          borderSkipped: 'start',
          maxBarThickness: shown.horizontal ? 18 : 44,
          categoryPercentage: 0.86,
          barPercentage: 0.9
        }
      ]
    };
    chart.options = {
      indexAxis: shown.horizontal ? 'y' : 'x',
      maintainAspectRatio: false,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 350 },
      scales: {
        [values]: {
          beginAtZero: true,
          border: { display: false },
          grid: { color: color('--line') },
          ticks: { color: color('--subtle'), font, maxTicksLimit: 5, precision: 0 }
        },
        [names]: {
          border: { display: false },
          grid: { display: false },
          ticks: {
            color: color('--muted'),
            font,
            maxRotation: 0,
            autoSkip: !shown.horizontal,
            autoSkipPadding: 14
          }
        }
      },
      plugins: {
        tooltip: {
          displayColors: false,
          backgroundColor: color('--overlay'),
          titleColor: color('--fg'),
          bodyColor: color('--muted'),
          borderColor: color('--line-strong'),
          borderWidth: 1,
          cornerRadius: 10,
          padding: 10,
          titleFont: { ...font, size: 13, weight: 600 },
          bodyFont: font,
          callbacks: { label: (item) => shown.describe(Number(item.raw)) }
        }
      }
    };
    chart.update();
  }

  draw();
  return {
    update(next) {
      shown = next;
      draw();
    },
    recolor: draw,
    destroy: () => chart.destroy()
  };
}
