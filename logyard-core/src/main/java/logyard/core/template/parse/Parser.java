package logyard.core.template.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import logyard.core.template.node.ActionStatement;
import logyard.core.template.node.Block;
import logyard.core.template.node.ChoiceStatement;
import logyard.core.template.node.Expression;
import logyard.core.template.node.JumpStatement;
import logyard.core.template.node.Literal;
import logyard.core.template.node.Pipeline;
import logyard.core.template.node.RangeStatement;
import logyard.core.template.node.Statement;
import logyard.core.template.node.Statement.Flow;
import logyard.core.template.node.TemplateStatement;
import logyard.core.template.node.TextStatement;
import logyard.core.template.value.NilValue;

/** Parses the statements of a template, and of those it defines. */
public final class Parser {
    private final TokenReader tokens;
    private final UnaryOperator<String> currentNames;
    private final Map<String, Block> templates = new HashMap<>();
    private Scope scope = new Scope();

    private Parser(String text, UnaryOperator<String> currentNames) {
        this.tokens = new TokenReader(text);
        this.currentNames = currentNames;
    }

    /**
     * Parses a text.
     *
     * @param currentNames the name under which a record now has the field of a name: mostly the same
     * @return the template under {@code name}, and those it defines under theirs
     * @throws SyntaxException if the text is no template
     */
    public static Map<String, Block> parse(String name, String text, UnaryOperator<String> currentNames) {
        Parser parser = new Parser(text, currentNames);
        List<Statement> statements = new ArrayList<>();
        Token end = parser.parseInto(statements);
        if (!end.is(TokenType.END_OF_TEXT)) {
            throw TokenReader.mistake(end, "unexpected {{" + end.text() + "}}");
        }
        parser.define(end, name, new Block(statements));
        return parser.templates;
    }

    /** Parses statements up to an {@code end}, an {@code else} or the end of the text, and returns that. */
    private Token parseInto(List<Statement> statements) {
        while (true) {
            Token token = tokens.next();
            switch (token.type()) {
                case TEXT -> statements.add(new TextStatement(token.text()));
                case END_OF_TEXT -> {
                    return token;
                }
                case LEFT_DELIMITER -> {
                    Token word = tokens.peekNonSpace();
                    if (word.is(TokenType.END) || word.is(TokenType.ELSE)) {
                        return endOrElse();
                    }
                    action(word).ifPresent(statements::add);
                }
                default -> throw tokens.unexpected(token, "input");
            }
        }
    }

    private Token endOrElse() {
        Token word = tokens.nextNonSpace();
        TokenType next = tokens.peekNonSpace().type();
        boolean goesOn = word.is(TokenType.ELSE) && (next == TokenType.IF || next == TokenType.WITH);
        if (!goesOn) {
            tokens.expect(TokenType.RIGHT_DELIMITER, word.text());
        }
        return word;
    }

    private Optional<Statement> action(Token word) {
        switch (word.type()) {
            case IF, WITH, RANGE -> {
                return Optional.of(control(tokens.nextNonSpace()));
            }
            case BREAK, CONTINUE -> {
                return Optional.of(jump(tokens.nextNonSpace()));
            }
            case TEMPLATE -> {
                return Optional.of(template(tokens.nextNonSpace()));
            }
            case BLOCK -> {
                return Optional.of(block(tokens.nextNonSpace()));
            }
            case DEFINE -> {
                if (tokens.depth() > 0) {
                    throw tokens.unexpected(word, "command");
                }
                definition(tokens.nextNonSpace());
                return Optional.empty();
            }
            default -> {
                return Optional.of(new ActionStatement(pipeline("command")));
            }
        }
    }

    private Statement control(Token word) {
        tokens.enter(word);
        int mark = scope.mark();
        Pipeline pipeline = pipeline(word.text());
        if (word.is(TokenType.RANGE)) {
            scope.enterRange();
        }
        List<Statement> body = new ArrayList<>();
        Token end = parseInto(body);
        if (word.is(TokenType.RANGE)) {
            scope.leaveRange();
        }
        Block otherwise = otherwise(word, end);
        scope.forgetSince(mark);
        tokens.leave();
        return word.is(TokenType.RANGE)
                ? new RangeStatement(pipeline, pipeline.place(), new Block(body), otherwise)
                : new ChoiceStatement(pipeline, word.is(TokenType.WITH), new Block(body), otherwise);
    }

    private Block otherwise(Token word, Token end) {
        requireClosed(word, end);
        if (end.is(TokenType.END)) {
            return Block.EMPTY;
        }
        if (!word.is(TokenType.RANGE) && tokens.peekNonSpace().is(word.type())) {
            // {{else if}} and {{else with}} share the {{end}} of what they continue.
            return new Block(List.of(control(tokens.nextNonSpace())));
        }
        List<Statement> body = new ArrayList<>();
        requireEnd(word, parseInto(body));
        return new Block(body);
    }

    private Statement jump(Token word) {
        tokens.expect(TokenType.RIGHT_DELIMITER, "{{" + word.text() + "}}");
        if (!scope.isInRange()) {
            throw TokenReader.mistake(word, "{{" + word.text() + "}} outside {{range}}");
        }
        return new JumpStatement(word.is(TokenType.BREAK) ? Flow.BREAK : Flow.CONTINUE);
    }

    private Statement template(Token word) {
        String name = name("template clause");
        boolean bare = tokens.peekNonSpace().is(TokenType.RIGHT_DELIMITER);
        if (bare) {
            tokens.nextNonSpace();
        }
        Expression argument = bare ? new Literal(NilValue.MISSING) : pipeline("template clause");
        return new TemplateStatement(name, argument, tokens.placeFrom(word));
    }

    private void definition(Token word) {
        String name = name("define clause");
        tokens.expect(TokenType.RIGHT_DELIMITER, "define clause");
        define(word, name, body(word));
    }

    private Statement block(Token word) {
        String name = name("block clause");
        Pipeline argument = pipeline("block clause");
        Statement call = new TemplateStatement(name, argument, tokens.placeFrom(word));
        define(word, name, body(word));
        return call;
    }

    /** A body with variables of its own. */
    private Block body(Token word) {
        tokens.enter(word);
        Scope outer = scope;
        scope = new Scope();
        List<Statement> statements = new ArrayList<>();
        requireEnd(word, parseInto(statements));
        scope = outer;
        tokens.leave();
        return new Block(statements);
    }

    private void define(Token at, String name, Block body) {
        Block earlier = templates.getOrDefault(name, Block.EMPTY);
        if (earlier.isBlank()) {
            templates.put(name, body);
        } else if (!body.isBlank()) {
            throw TokenReader.mistake(at, "multiple definition of template \"" + name + '"');
        }
    }

    private String name(String context) {
        Token token = tokens.nextNonSpace();
        if (!token.is(TokenType.STRING) && !token.is(TokenType.RAW_STRING)) {
            throw tokens.unexpected(token, context);
        }
        return new String(ExpressionParser.unquote(token), StandardCharsets.UTF_8);
    }

    private Pipeline pipeline(String context) {
        return new ExpressionParser(tokens, scope, currentNames).pipeline(context, TokenType.RIGHT_DELIMITER);
    }

    private void requireClosed(Token word, Token end) {
        if (end.is(TokenType.END_OF_TEXT)) {
            throw TokenReader.mistake(end, "unexpected EOF; {{" + word.text() + "}} is not closed by {{end}}");
        }
    }

    private void requireEnd(Token word, Token end) {
        requireClosed(word, end);
        if (!end.is(TokenType.END)) {
            throw TokenReader.mistake(end, "expected end; found {{else}}");
        }
    }
}
