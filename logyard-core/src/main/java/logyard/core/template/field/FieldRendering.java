package logyard.core.template.field;

import java.nio.charset.StandardCharsets;
import java.util.List;
import logyard.core.template.field.FieldPlan.Chain;
import logyard.core.template.field.FieldPlan.FixedText;
import logyard.core.template.field.FieldPlan.Part;
import logyard.core.template.format.Formatter;
import logyard.core.template.json.JsonKind;
import logyard.core.template.json.JsonNumbers;
import logyard.core.template.json.JsonStrings;
import logyard.core.template.json.JsonTree;
import logyard.core.template.node.FieldAccess;
import logyard.core.template.text.ByteOutput;

/** Renders records by a plan. One rendering, one thread: what it needs for a record it keeps for the next. */
public final class FieldRendering {
    private static final byte[] NO_VALUE = "<no value>".getBytes(StandardCharsets.US_ASCII);

    private final Part[] parts;
    private final FieldScan scan;
    private final boolean oneLine;

    /**
     * Makes ready to render.
     *
     * @param oneLine whether line breaks in values become spaces
     */
    public FieldRendering(FieldPlan plan, boolean oneLine) {
        this.parts = plan.parts().toArray(new Part[0]);
        this.scan = new FieldScan(plan);
        this.oneLine = oneLine;
    }

    /**
     * Renders one record.
     *
     * @throws logyard.core.template.json.JsonException if it is not a JSON object or null
     * @throws logyard.core.template.node.ActionException if a field is asked of what has none
     */
    public void render(byte[] json, int offset, int length, ByteOutput out) {
        scan.scan(json, offset, length);
        for (Part part : parts) {
            if (part instanceof Chain chain) {
                writeChain(json, chain, out);
            } else if (part instanceof FixedText text) {
                out.write(text.bytes());
            }
        }
    }

    private void writeChain(byte[] json, Chain chain, ByteOutput out) {
        List<WantedField> path = scan.has(chain.path().get(0)) ? chain.path() : chain.successor();
        int last = path.size() - 1;
        for (int i = 0; i < last && scan.has(path.get(i)); i++) {
            requireFields(scan.kind(path.get(i)), chain.source(), i + 1);
        }
        if (scan.has(path.get(last))) {
            writeValue(json, path.get(last), out);
        } else {
            out.write(NO_VALUE);
        }
    }

    private static void requireFields(JsonKind kind, FieldAccess source, int next) {
        if (kind != JsonKind.OBJECT) {
            String name = source.fields().get(next).name();
            throw kind == JsonKind.NULL
                    ? FieldAccess.fieldOfNull(source.place(), name)
                    : FieldAccess.noField(source.place(), name, kind.typeName());
        }
    }

    private void writeValue(byte[] json, WantedField field, ByteOutput out) {
        int start = scan.start(field);
        int end = scan.end(field);
        int mark = out.length();
        switch (scan.kind(field)) {
            case PLAIN_STRING -> out.write(json, start + 1, end - start - 2);
            case STRING -> {
                JsonStrings.unescape(json, start + 1, end - 1, out);
                keepOnOneLine(mark, out);
            }
            case INTEGER, TRUE, FALSE -> out.write(json, start, end - start);
            case FLOAT -> out.write(Formatter.general(JsonNumbers.toDouble(json, start, end)));
            case NULL -> out.write(NO_VALUE);
            case OBJECT, ARRAY -> {
                new Formatter(out).print(new JsonTree().read(json, start, end - start));
                keepOnOneLine(mark, out);
            }
        }
    }

    private void keepOnOneLine(int mark, ByteOutput out) {
        if (oneLine) {
            out.blankLineBreaks(mark);
        }
    }
}
