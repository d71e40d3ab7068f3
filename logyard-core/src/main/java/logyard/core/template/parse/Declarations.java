package logyard.core.template.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code $x :=} or {@code $x =} at the beginning of a pipeline; for {@code range} also {@code $i, $x :=}.
 *
 * @param assigns whether the variables exist already
 */
record Declarations(List<String> variables, boolean assigns) {
    /** Parses the declarations, if there are any. */
    static Declarations parse(TokenReader tokens, Scope scope, String context) {
        List<String> variables = new ArrayList<>();
        while (tokens.peekNonSpace().is(TokenType.VARIABLE)) {
            int mark = tokens.mark();
            Token variable = tokens.nextNonSpace();
            Token next = tokens.nextNonSpace();
            boolean comma = next.is(TokenType.CHARACTER) && next.text().equals(",");
            if (!comma && !next.is(TokenType.DECLARE) && !next.is(TokenType.ASSIGN)) {
                tokens.backTo(mark);
                break;
            }
            variables.add(variable.text());
            scope.declare(variable.text());
            if (!comma) {
                return new Declarations(variables, next.is(TokenType.ASSIGN));
            }
            requireSecond(tokens, next, context, variables.size());
        }
        return new Declarations(variables, false);
    }

    private static void requireSecond(TokenReader tokens, Token comma, String context, int variables) {
        if (!context.equals("range") || variables > 1) {
            throw TokenReader.mistake(comma, "too many declarations in " + context);
        }
        TokenType next = tokens.peekNonSpace().type();
        if (next != TokenType.VARIABLE && next != TokenType.RIGHT_DELIMITER && next != TokenType.RIGHT_PAREN) {
            throw TokenReader.mistake(comma, "range can only initialize variables");
        }
    }
}
