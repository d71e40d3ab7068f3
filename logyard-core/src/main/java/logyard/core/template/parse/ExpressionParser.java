package logyard.core.template.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import logyard.core.template.function.Functions;
import logyard.core.template.node.Command;
import logyard.core.template.node.Dot;
import logyard.core.template.node.Expression;
import logyard.core.template.node.Failing;
import logyard.core.template.node.FieldAccess;
import logyard.core.template.node.FieldAccess.Field;
import logyard.core.template.node.FunctionCall;
import logyard.core.template.node.Literal;
import logyard.core.template.node.Pipeline;
import logyard.core.template.node.Place;
import logyard.core.template.node.PlainCommand;
import logyard.core.template.node.ShortCircuit;
import logyard.core.template.node.Variable;
import logyard.core.template.text.GoUnquote;
import logyard.core.template.value.BoolValue;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** Parses what stands in an action behind its keyword: pipelines, commands and their operands. */
final class ExpressionParser {
    private final TokenReader tokens;
    private final Scope scope;
    private final UnaryOperator<String> currentNames;

    ExpressionParser(TokenReader tokens, Scope scope, UnaryOperator<String> currentNames) {
        this.tokens = tokens;
        this.scope = scope;
        this.currentNames = currentNames;
    }

    /** Parses a pipeline and the token that ends it. */
    Pipeline pipeline(String context, TokenType end) {
        Token first = tokens.peekNonSpace();
        Declarations declarations = Declarations.parse(tokens, scope, context);
        List<Command> commands = new ArrayList<>();
        while (!tokens.peekNonSpace().is(end)) {
            commands.add(command(context, commands.size() + 1));
        }
        if (commands.isEmpty()) {
            throw TokenReader.mistake(tokens.peekNonSpace(), "missing value for " + context);
        }
        Place place = tokens.placeFrom(first);
        tokens.nextNonSpace();
        return new Pipeline(commands, declarations.variables(), declarations.assigns(), place);
    }

    private Command command(String context, int stage) {
        Token first = tokens.peekNonSpace();
        if (!Operands.canBegin(first.type())) {
            throw tokens.unexpected(first, context);
        }
        if (stage > 1 && Operands.isConstant(first.type())) {
            throw TokenReader.mistake(first, "non executable command in pipeline stage " + stage);
        }
        List<Expression> operands = new ArrayList<>();
        boolean more = true;
        while (more) {
            if (Operands.canBegin(tokens.peekNonSpace().type())) {
                operands.add(operand());
            }
            more = tokens.peek().is(TokenType.SPACE);
            if (more) {
                tokens.next();
            }
        }
        Place place = tokens.placeFrom(first);
        Token next = tokens.peek();
        if (next.is(TokenType.PIPE)) {
            tokens.next();
        } else if (!next.is(TokenType.RIGHT_DELIMITER) && !next.is(TokenType.RIGHT_PAREN)) {
            throw tokens.unexpected(next, "operand");
        }
        return command(first, operands, place);
    }

    private static Command command(Token first, List<Expression> operands, Place place) {
        List<Expression> arguments = operands.subList(1, operands.size());
        if (operands.get(0) instanceof FunctionCall call) {
            return new FunctionCall(call.function(), arguments, place);
        } else if (operands.get(0) instanceof ShortCircuit call) {
            return new ShortCircuit(call.name(), call.decidingTruth(), arguments, place);
        } else if (first.is(TokenType.NIL)) {
            return new Failing(place, "nil is not a command");
        }
        return new PlainCommand(operands.get(0), !arguments.isEmpty(), place);
    }

    /** A term, and fields of it. */
    private Expression operand() {
        Token first = tokens.nextNonSpace();
        Expression term = term(first);
        if (!tokens.peek().is(TokenType.FIELD)) {
            return term;
        }
        if (Operands.isConstant(first.type())) {
            throw TokenReader.mistake(tokens.peek(), "unexpected . after term \"" + first.text() + '"');
        }
        Token nextField = tokens.peek();
        List<Field> fields = new ArrayList<>();
        Expression base = term;
        if (term instanceof FieldAccess access) {
            base = access.base();
            fields.addAll(access.fields());
        }
        while (tokens.peek().is(TokenType.FIELD)) {
            fields.add(field(tokens.next()));
            if (fields.size() > TokenReader.MAX_DEPTH) {
                throw TokenReader.tooDeep(nextField);
            }
        }
        // as Go: the column of the second field, with the whole chain as what is meant
        Place place = tokens.placeFrom(first);
        return new FieldAccess(base, fields, new Place(nextField.offset(), place.start(), place.end()));
    }

    private Expression term(Token token) {
        return switch (token.type()) {
            case IDENTIFIER -> function(token);
            case DOT -> new Dot();
            case NIL -> new Literal(NilValue.NULL);
            case VARIABLE -> variable(token);
            case FIELD -> new FieldAccess(new Dot(), List.of(field(token)), tokens.placeFrom(token));
            case BOOL -> new Literal(new BoolValue(token.text().equals("true")));
            case CHARACTER_CONSTANT -> new Literal(character(token));
            case COMPLEX -> new Literal(NumberLiteral.complex(token));
            case NUMBER -> number(token);
            case STRING, RAW_STRING -> new Literal(new StringValue(unquote(token)));
            case LEFT_PAREN -> parenthesized(token);
            default -> throw tokens.unexpected(token, "operand");
        };
    }

    private Expression parenthesized(Token paren) {
        tokens.enter(paren);
        Pipeline pipeline = pipeline("parenthesized pipeline", TokenType.RIGHT_PAREN);
        tokens.leave();
        return pipeline;
    }

    private Expression function(Token token) {
        String name = token.text();
        Place place = tokens.placeFrom(token);
        if (name.equals("and") || name.equals("or")) {
            return new ShortCircuit(name, name.equals("or"), List.of(), place);
        }
        return Functions.named(name)
                .map(function -> new FunctionCall(function, List.of(), place))
                .orElseThrow(() -> TokenReader.mistake(
                        token, "function \"" + name + "\" not defined; a field of the record is written ." + name));
    }

    private Expression variable(Token token) {
        if (!scope.knows(token.text())) {
            throw TokenReader.mistake(token, "undefined variable \"" + token.text() + '"');
        }
        return new Variable(token.text(), tokens.placeFrom(token));
    }

    private Field field(Token token) {
        String name = token.text().substring(1);
        return new Field(name, StringValue.of(name), StringValue.of(currentNames.apply(name)));
    }

    private Expression number(Token token) {
        if (token.text().endsWith("i")) {
            return new Literal(NumberLiteral.complex(token));
        }
        return NumberLiteral.real(token)
                .<Expression>map(Literal::new)
                .orElseGet(() -> new Failing(tokens.placeFrom(token), token.text() + " overflows int"));
    }

    private static Value character(Token token) {
        OptionalInt character = unquoting(token, () -> GoUnquote.character(token.text()));
        if (character.isEmpty()) {
            throw TokenReader.mistake(token, "malformed character constant: " + token.text());
        }
        return new IntValue(character.getAsInt());
    }

    static byte[] unquote(Token token) {
        return unquoting(token, () -> GoUnquote.string(token.text()));
    }

    private static <T> T unquoting(Token token, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw TokenReader.mistake(token, String.valueOf(e.getMessage()));
        }
    }
}
