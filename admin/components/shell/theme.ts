import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Mantine in the console's own colours; the surfaces themselves stand in `styles/base.css`. */
export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    dark: [
      '#e8ecf3',
      '#c3cad6',
      '#98a3b5',
      '#76829a',
      '#2f3744',
      '#252c37',
      '#1b2129',
      '#161b22',
      '#0e1116',
      '#0a0d11',
    ],
    brand: [
      '#eef3ff',
      '#dbe5fd',
      '#b7cbf9',
      '#8fb0ff',
      '#7aa7ff',
      '#4f7df0',
      '#3767e4',
      '#2457d6',
      '#1c47b4',
      '#163a95',
    ],
  },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--raised)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
};

export const colours: CSSVariablesResolver = () => ({ variables: {}, light: surfaces, dark: surfaces });
