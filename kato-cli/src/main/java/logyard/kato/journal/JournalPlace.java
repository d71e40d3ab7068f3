package logyard.kato.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.config.DurableFile.NewerVersionException;
import logyard.core.daemon.Setting;
import logyard.core.journal.StoppedJournal;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which journal: that of this node, or one in another folder, such as a copy. */
final class JournalPlace {
    @Option(
            names = {"-folder", "--folder"},
            paramLabel = "PATH",
            description = "Where the journal is; else journal in the state.dir of this node.")
    private @Nullable Path folder;

    /** What is done with an open journal. */
    interface Work<T> {
        T with(StoppedJournal journal) throws IOException;
    }

    /** The folder of the journal. */
    Path folder(Cluster cluster) {
        return folder != null
                ? folder
                : cluster.settings().path(Setting.STATE_DIR).resolve("journal");
    }

    /** Where the cursors are of those who read a journal. */
    static Path cursors(StoppedJournal journal) {
        return journal.folder().toAbsolutePath().resolveSibling("cursors.json");
    }

    /**
     * Opens the journal, and closes it after the work.
     *
     * @throws CommandFailedException if it is in use, is none, is of a later version or cannot be read
     */
    <T> T open(Cluster cluster, Work<T> work) {
        Path place = folder(cluster);
        try (StoppedJournal journal = StoppedJournal.open(place)) {
            return work.with(journal);
        } catch (NewerVersionException e) {
            throw new CommandFailedException(e.getMessage() + "; nothing was changed");
        } catch (AccessDeniedException e) {
            throw new CommandFailedException("this user may not read " + e.getFile()
                    + ": be its owner, as with sudo -u " + owner(place) + " logyard-cli journal …");
        } catch (IOException e) {
            throw new CommandFailedException("cannot use the journal: " + e.getMessage());
        }
    }

    /** Refuses to write as another user: logyard could not read then what belongs to it. */
    void requireOwner(Cluster cluster) {
        Path place = folder(cluster);
        String owner = owner(place);
        if (Files.isDirectory(place) && !owner.equals(System.getProperty("user.name"))) {
            throw new CommandFailedException(place + " belongs to " + owner
                    + ", and so must what is written there: sudo -u " + owner + " logyard-cli journal repair");
        }
    }

    private static String owner(Path place) {
        try {
            return Files.getOwner(place).getName();
        } catch (IOException e) {
            return "logyard";
        }
    }
}
