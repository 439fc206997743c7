/** A picture of the page as a file of its own: what its looks take from the page's styles is written into it. */

/** What may come from a style sheet in our pictures. */
const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'visibility'] as const;
const NAMESPACE = 'http://www.w3.org/2000/svg';

/** `background`: CSS colour behind it, for pictures are drawn on the page's paper. */
export function standalone(svg: SVGSVGElement, background: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [own, copied] = [[svg, ...svg.querySelectorAll<SVGElement>('*')], [copy, ...copy.querySelectorAll<SVGElement>('*')]];
  for (const [at, element] of own.entries()) {
    const style = getComputedStyle(element), target = copied[at];
    for (const look of LOOKS) {
      const value = style.getPropertyValue(look);
      // A pattern of the picture is named by its place in the page.
      if (value !== '' && !value.startsWith('url(')) target?.setAttribute(look, value);
    }
    for (const name of ['class', 'tabindex', 'style']) target?.removeAttribute(name);
  }
  const [x = 0, y = 0, width = 300, height = 300] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/u).map(Number);
  const paper = document.createElementNS(NAMESPACE, 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height, fill: background })) paper.setAttribute(name, String(value));
  copy.prepend(paper);
  copy.setAttribute('xmlns', NAMESPACE);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}
