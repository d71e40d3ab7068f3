package logyard.apptail;

import static logyard.apptail.ApptailNode.append;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import logyard.apptail.instance.FakeDea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real NATS server that is not there at first, and is killed later. */
@Timeout(120)
class NatsAwayIT {
    @TempDir
    Path folder;

    private ApptailNode node;

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private String instance(String name) throws Exception {
        Path root = node.container(name);
        Files.writeString(
                root.resolve("home/stackato/etc/droplet.env.json"), "{\"STACKATO_LOG_FILES\":\"out=logs/out.log\"}");
        append(root.resolve("home/stackato/logs/out.log"), "of " + name + "\n");
        return node.announcement(name, "");
    }

    @Test
    void whatRunsWhenNatsComesIsFollowed() throws Exception {
        node = ApptailNode.startWithoutNats(folder);
        String announcement = instance("early");

        node.nats.run();
        node.dea = new FakeDea(node.nats, node.uidFile);
        node.dea.start(announcement);

        node.awaitReceived("app/out:of early");
    }

    @Test
    void nobodyWhoStartsWhileNatsIsDownIsMissed() throws Exception {
        node = ApptailNode.start(folder);
        node.dea.start(instance("before"));
        node.awaitReceived("app/out:of before");

        for (int i = 1; i <= 3; i++) {
            node.nats.kill();
            node.dea.startUnheard(instance("while" + i));
            append(node.containers.resolve("before/home/stackato/logs/out.log"), "down " + i + "\n");
            node.awaitReceives("app/out:down " + i);
            node.nats.run();
            node.awaitReceives("app/out:of while" + i);
        }

        node.awaitReceived(
                "app/out:of before",
                "app/out:down 1",
                "app/out:down 2",
                "app/out:down 3",
                "app/out:of while1",
                "app/out:of while2",
                "app/out:of while3");
    }

    @Test
    void theWordThatTheDeaSharesMayChange() throws Exception {
        node = ApptailNode.start(folder);
        node.stopApptail();
        node.askAgain = Duration.ofMillis(200);
        node.startApptail();
        node.awaitAsked(2);
        node.dea.close();

        Files.writeString(node.uidFile, "another-word\n");
        node.dea = new FakeDea(node.nats, node.uidFile);
        node.dea.startUnheard(instance("later"));

        node.awaitReceived("app/out:of later");
    }
}
