import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm blue whose eighth shade carries white text at more than 4.5 : 1. */
const ink: MantineColorsTuple = [
  '#eaf4ff',
  '#d3e6fb',
  '#a5cbf3',
  '#75afec',
  '#4d97e6',
  '#3488e2',
  '#2680e1',
  '#186dc8',
  '#0c5aaa',
  '#004f9c',
];

const SYSTEM_FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';

export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink },
  // Mantine's own shade 6 fails WCAG AA with white text.
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  fontFamily: SYSTEM_FONTS,
  headings: { fontFamily: SYSTEM_FONTS, fontWeight: '650' },
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Random pale colours fail AA; these hold with white or their own dark text.
    Avatar: { defaultProps: { allowedInitialsColors: ['ink', 'grape', 'indigo', 'violet'] } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
      styles: { title: { lineHeight: 1.35 } },
    },
    Loader: { defaultProps: { type: 'dots' } },
  },
});

/** Greys and reds of Mantine that fail AA, replaced by darker (on dark: lighter) ones. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56606b',
    '--mantine-color-placeholder': '#66707b',
    '--mantine-color-error': '#c01f1f',
    // What stands on the pale ground of its own colour, as the title of a notice.
    '--mantine-color-orange-light-color': '#a03800',
    '--mantine-color-red-light-color': '#b01e1e',
    '--mantine-color-teal-light-color': '#066a4b',
    '--alfa-canvas': '#f3f5f8',
    '--alfa-panel': '#ffffff',
    '--alfa-line': '#dde2e8',
    '--alfa-bubble-in': '#ffffff',
    '--alfa-bubble-out': '#dcecff',
    '--alfa-chat': '#e8edf3',
    '--alfa-selected': '#e3effd',
    '--alfa-hover': '#f1f4f8',
    '--alfa-meta': '#4d5863',
    '--alfa-ribbon': '#ffe8a8',
    '--alfa-ribbon-text': '#4d3800',
    '--alfa-chart-1': '#0c5aaa',
    '--alfa-chart-2': '#5f6b78',
    '--alfa-chart-3': '#0b7a5b',
    '--alfa-chart-4': '#b0501b',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1bb',
    '--mantine-color-placeholder': '#98a1ac',
    '--mantine-color-error': '#ff9a9a',
    '--mantine-color-anchor': '#7db8f2',
    '--alfa-canvas': '#16191d',
    '--alfa-panel': '#1e2227',
    '--alfa-line': '#343a42',
    '--alfa-bubble-in': '#2a3037',
    '--alfa-bubble-out': '#123d66',
    '--alfa-chat': '#14171a',
    '--alfa-selected': '#1c3550',
    '--alfa-hover': '#262b31',
    '--alfa-meta': '#b3bcc6',
    '--alfa-ribbon': '#4a3a0a',
    '--alfa-ribbon-text': '#ffe7a6',
    '--alfa-chart-1': '#6db1f5',
    '--alfa-chart-2': '#a9b1bb',
    '--alfa-chart-3': '#4cc9a0',
    '--alfa-chart-4': '#f0a068',
    '--mantine-color-body': '#1e2227',
  },
});
