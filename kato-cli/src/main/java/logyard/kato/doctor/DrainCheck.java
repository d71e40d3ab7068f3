package logyard.kato.doctor;

import logyard.config.ConfigTree;
import logyard.core.drain.Masking;
import logyard.kato.command.Cluster;
import logyard.kato.log.drain.DrainStatuses;
import logyard.kato.log.drain.NodeStatus;

/** Whether the drains of this node reach their targets. */
final class DrainCheck {
    private static final String SUBJECT = "drains";

    private DrainCheck() {}

    /** How many run. */
    static int examine(Cluster cluster, ConfigTree tree, Findings findings) {
        int running = 0;
        for (var drain : DrainStatuses.ofNode(tree, cluster.node()).entrySet()) {
            NodeStatus status = drain.getValue();
            String text = drain.getKey() + " is " + status.state()
                    + status.error().map(error -> ", " + Masking.text(error)).orElse("");
            if (status.isRunning()) {
                running++;
            } else if (status.state().startsWith("FATAL")) {
                findings.fail(
                        SUBJECT,
                        text + ": it sends nothing any more",
                        "mend what the reason says, then delete and add it: kato log drain list");
            } else {
                findings.warn(
                        SUBJECT,
                        text + ": what it wants is kept meanwhile, as long as the journal has room",
                        "kato log drain status " + drain.getKey());
            }
        }
        findings.ok(SUBJECT, running + (running == 1 ? " runs" : " run") + " on this node");
        return running;
    }
}
