/**
 * GitHub's own parser of workflows. It imports JSON without saying so, which its bundlers allow and Node does not, so
 * Node is told before the parser is loaded.
 *
 * @see https://github.com/actions/languageservices
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const isSchema = resolved.url.includes('/@actions/workflow-parser/') && specifier.endsWith('.json');
    return isSchema ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
  },
});

export const { convertWorkflowTemplate, isBasicExpression, isMapping, isSequence, parseWorkflow } =
  await import('@actions/workflow-parser');
export const { NoOperationTraceWriter } = await import('@actions/workflow-parser/templates/trace-writer');
export const { TemplateContext, TemplateValidationErrors } = await import(
  '@actions/workflow-parser/templates/template-context'
);
export const { getWorkflowSchema } = await import('@actions/workflow-parser/workflows/workflow-schema');
