package logyard.core.template;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import logyard.core.template.text.ByteOutput;

/**
 * Measures renders per second of processor time, so that a busy machine does not matter much. Not a test; run it by hand: {@code java -cp target/classes:target/test-classes
 * logyard.core.template.TemplateSpeed}.
 */
public final class TemplateSpeed {
    private static final String SYSTAIL =
            "{\"name\":\"dea\",\"text\":\"[2013-04-18 10:15:02.001] dea - pid=4711 tid=4c2f"
                    + " fid=77aa  INFO -- Registering app env on /10.0.0.5:61034 with uris env.example.com, stat.example.com and"
                    + " 14 more, staged by stager 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d in 12345 ms, droplet"
                    + " 51d0a7e2-33aa-4f7e-8f61-7c1f5a2b9e10\",\"node_id\":\"192.168.68.5\",\"unix_time\":1366305302,"
                    + "\"human_time\":\"2013-04-18T10:15:02-07:00\",\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:02\"}}";
    private static final int BATCH = 1000;
    private static final int ROUNDS = 12;
    private static final long ROUND_NANOS = 500_000_000L;

    private TemplateSpeed() {}

    public static void main(String[] args) {
        byte[] event = SYSTAIL.getBytes(StandardCharsets.UTF_8);
        byte[] escaped = SYSTAIL.replace("INFO", "\\\"INFO\\\" é").getBytes(StandardCharsets.UTF_8);
        String plain = "{{.name}}@{{.node_id}}: {{.text}}";
        String syslog = "<{{.syslog.priority}}>{{.syslog.time}} - {{.node_id}} {{.name}} - - - {{.text}}";
        measure("systail", Template.parse("d", plain).renderer(), event);
        measure(
                "systail, as drains use it",
                Template.parse("d", plain, TemplateOption.values()).renderer(),
                escaped);
        measure("systail-syslog", Template.parse("d", syslog).renderer(), event);
        measure("systail by its nodes", Template.parse("d", plain).treeRenderer(), event);
        measure(
                "if and printf",
                Template.parse("d", "{{if .name}}{{printf \"%-10s\" .name}}{{end}}")
                        .renderer(),
                event);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void measure(String what, Renderer renderer, byte[] event) {
        double best = 0;
        ByteOutput out = new ByteOutput(1 << 20);
        for (int round = 0; round < ROUNDS; round++) {
            long renders = 0;
            long start = cpuNanos();
            while (cpuNanos() - start < ROUND_NANOS) {
                out.truncate(0);
                for (int i = 0; i < BATCH; i++) {
                    renderer.render(event, 0, event.length, out);
                }
                renders += BATCH;
            }
            best = Math.max(best, renders * 1e9 / (cpuNanos() - start));
        }
        System.out.printf(Locale.ROOT, "%-28s %4d bytes  %.2f M renders/s%n", what, event.length, best / 1e6);
    }
}
