import { parse, type Rule } from 'postcss';
import type { Plugin } from 'vite';

/** How Mantine names its classes, in its scripts and its styles alike. */
const CLASS = /\bm_[0-9a-f]{6,8}\b/g;

/**
 * Drops the styles of Mantine's components that no script of the bundle names. Its style sheet has all of them, and a
 * list of those in use, kept by hand, would break the look of a page when it is wrong.
 */
export function unusedStyles(): Plugin {
  return {
    name: 'alfa-unused-styles',
    apply: 'build',
    // Before the compression, which hangs on to the manifest that is written next.
    generateBundle(_options, bundle) {
      const named = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') for (const [name] of file.code.matchAll(CLASS)) named.add(name);
      }
      // A build whose scripts name their styles in another way would lose them all.
      if (named.size === 0) this.error('no script names a style of Mantine');
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css'))
          file.source = without(String(file.source), named);
      }
    },
  };
}

function without(css: string, named: ReadonlySet<string>): string {
  const root = parse(css);
  const used = (selector: string) =>
    selector.includes(':not(') || (selector.match(CLASS) ?? []).every((name) => named.has(name));
  root.walkRules((rule: Rule) => {
    if (
      rule.parent?.type === 'atrule' &&
      'name' in rule.parent &&
      String(rule.parent.name).endsWith('keyframes')
    )
      return;
    const left = rule.selectors.filter(used);
    if (left.length === 0) rule.remove();
    else if (left.length < rule.selectors.length) rule.selectors = left;
  });
  return root.toString();
}
