/** Coverage for the fuzzer: TypeScript of this project is compiled with a counter at every branch, as it is loaded. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Counters of edges between branches, as AFL keeps them: the pair of two branches taken after each other, hashed into one byte. */
const MAP_SIZE = 1 << 14;
const COUNTER = '__fuzzBranch';

/** Where branches are counted; what is measured, not the harness. */
const MEASURED = /\/(?:electron|shared|sdk\/src|test\/fixtures\/fuzz)\//u;

/** Starts counting in this thread. To be called before the code to be measured is imported. */
export function instrumentImports(): { readonly map: Uint8Array; readonly reset: () => void } {
  const map = new Uint8Array(MAP_SIZE);
  let before = 0;
  Object.defineProperty(globalThis, COUNTER, {
    value: (branch: number): void => {
      const edge = (branch ^ before) & (MAP_SIZE - 1);
      map[edge] = (map[edge] ?? 0) + 1;
      before = branch >> 1;
    },
  });
  let next = 1;
  // Spread over the map, the same in every run.
  const newBranch = (): number => { next = Math.imul(next, 1_664_525) + 1_013_904_223; return (next >>> 16) & 0xffff; };
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.ts') || !MEASURED.test(url) || url.includes('node_modules')) return nextLoad(url, context);
      const source = countBranches(readFileSync(fileURLToPath(url), 'utf8'), newBranch);
      return { format: 'module', source, shortCircuit: true };
    },
  });
  return {
    map,
    reset() {
      map.fill(0);
      before = 0;
    },
  };
}

function countBranches(source: string, newBranch: () => number): string {
  return ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    transformers: { before: [(context) => (file) => ts.visitEachChild(file, visitor(context, newBranch), context)] },
  }).outputText;
}

function visitor(context: ts.TransformationContext, newBranch: () => number): ts.Visitor {
  const { factory } = context;
  const count = (): ts.Expression => factory.createCallExpression(factory.createIdentifier(COUNTER), undefined, [factory.createNumericLiteral(newBranch())]);
  const statement = (): ts.Statement => factory.createExpressionStatement(count());
  const counted = (expression: ts.Expression): ts.Expression => factory.createParenthesizedExpression(factory.createComma(count(), expression));
  const block = (body: ts.Statement): ts.Statement => factory.createBlock([statement(), body], true);

  const visit: ts.Visitor = (old) => {
    const node = ts.visitEachChild(old, visit, context);
    if (ts.isBlock(node) && isCode(old)) return factory.updateBlock(node, [statement(), ...node.statements]);
    if (ts.isIfStatement(node)) return factory.updateIfStatement(node, node.expression, block(node.thenStatement), node.elseStatement ? block(node.elseStatement) : statement());
    if (ts.isForStatement(node)) return factory.updateForStatement(node, node.initializer, node.condition, node.incrementor, block(node.statement));
    if (ts.isForOfStatement(node)) return factory.updateForOfStatement(node, node.awaitModifier, node.initializer, node.expression, block(node.statement));
    if (ts.isWhileStatement(node)) return factory.updateWhileStatement(node, node.expression, block(node.statement));
    if (ts.isCaseClause(node)) return factory.updateCaseClause(node, node.expression, [statement(), ...node.statements]);
    if (ts.isDefaultClause(node)) return factory.updateDefaultClause(node, [statement(), ...node.statements]);
    if (ts.isConditionalExpression(node)) return factory.updateConditionalExpression(node, node.condition, node.questionToken, counted(node.whenTrue), node.colonToken, counted(node.whenFalse));
    if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken || node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)) {
      return factory.updateBinaryExpression(node, node.left, node.operatorToken, counted(node.right));
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return factory.updateArrowFunction(node, node.modifiers, node.typeParameters, node.parameters, node.type, node.equalsGreaterThanToken, counted(node.body));
    return node;
  };
  return visit;
}

/** Bodies of functions, handlers of errors: blocks that are reached by other ways than the statements above. */
const isCode = (node: ts.Node): boolean => ts.isFunctionLike(node.parent) || ts.isTryStatement(node.parent) || ts.isCatchClause(node.parent);
