/**
 * From the text of a template to its nodes. Start at {@link logyard.core.template.parse.Parser}; the lexer cuts the text
 * into tokens, the parser and the expression parser put nodes together.
 */
@NullMarked
package logyard.core.template.parse;

import org.jspecify.annotations.NullMarked;
