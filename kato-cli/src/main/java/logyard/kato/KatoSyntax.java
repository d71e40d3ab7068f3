package logyard.kato;

import java.io.InputStream;
import java.io.Writer;
import logyard.core.daemon.ClusterTree;
import logyard.core.drain.DrainTypes;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import picocli.CommandLine;

/** What {@code kato} understands, for its manual and its completion. */
public final class KatoSyntax {
    private KatoSyntax() {}

    /** The commands of {@code kato}, to be looked at, not to be run. */
    public static CommandLine commands() {
        var nowhere = new Output(Writer.nullWriter());
        return new Kato(
                        new Console(nowhere, nowhere, Colors.NONE),
                        InputStream.nullInputStream(),
                        ClusterTree::forCommand,
                        DrainTypes::installed,
                        stop -> {})
                .described();
    }
}
