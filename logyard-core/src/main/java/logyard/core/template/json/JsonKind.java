package logyard.core.template.json;

/** What a JSON value turned out to be. */
public enum JsonKind {
    /** A string of printable ASCII without escapes: its bytes are its text. */
    PLAIN_STRING("string"),
    STRING("string"),
    INTEGER("float64"),
    FLOAT("float64"),
    TRUE("bool"),
    FALSE("bool"),
    NULL("<nil>"),
    OBJECT("map[string]interface {}"),
    ARRAY("[]interface {}");

    private final String typeName;

    JsonKind(String typeName) {
        this.typeName = typeName;
    }

    /** The type such a value gets in Go. */
    public String typeName() {
        return typeName;
    }
}
