package logyard.micro;

import java.io.IOException;
import java.nio.file.Path;
import logyard.kato.KatoMain;
import logyard.kato.output.StderrLog;

/**
 * Runs a command of kato on a ZooKeeper of its own, for Java to see which classes that takes: {@code bin/archive-classes}
 * makes an archive of them.
 */
public final class TrainingMain {
    private TrainingMain() {}

    /** Ends as the command does; its only argument is a folder for what is needed meanwhile. */
    public static void main(String[] arguments) throws IOException {
        StderrLog.install(); // before ZooKeeper asks for a logger
        Path folder = Path.of(arguments[0]);
        EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
        KatoMain.main(new String[] {
            "--set", "zk.connect=" + zooKeeper.connect(), "--set", "zk.acl=open", "log", "drain", "status"
        });
    }
}
