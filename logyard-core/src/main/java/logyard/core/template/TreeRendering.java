package logyard.core.template;

import logyard.core.template.json.JsonTree;
import logyard.core.template.text.ByteOutput;

/** Renders records by building their values and executing the template's nodes over them. One rendering, one thread. */
final class TreeRendering implements Renderer.Way {
    private final Template template;
    private final JsonTree tree = new JsonTree();

    TreeRendering(Template template) {
        this.template = template;
    }

    @Override
    public void render(byte[] json, int offset, int length, ByteOutput out) {
        template.execute(tree.readRecord(json, offset, length), out);
    }
}
