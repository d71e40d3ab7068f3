package logyard.core.template.parse;

/** What kinds of token an operand can begin with. */
final class Operands {
    private Operands() {}

    static boolean canBegin(TokenType type) {
        return isConstant(type)
                || switch (type) {
                    case FIELD, IDENTIFIER, VARIABLE, LEFT_PAREN -> true;
                    default -> false;
                };
    }

    /** Whether it is a value that has no fields and cannot be a later stage of a pipeline. */
    static boolean isConstant(TokenType type) {
        return switch (type) {
            case BOOL, CHARACTER_CONSTANT, COMPLEX, DOT, NIL, NUMBER, RAW_STRING, STRING -> true;
            default -> false;
        };
    }
}
