package logyard.core.drain;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;

/**
 * What drains are allowed and told by the node they run on.
 *
 * @param allowedFolders below which {@code file://} drains may write
 * @param sources files that this node reads events from, and writes what it does to: no drain may write there
 * @param coreAddress the address behind the alias {@code stackato-core}, asked at every connect; empty text if not known
 * @param secretsFolder where the passwords are that a URI names as {@code secret:NAME}
 * @param denied where network drains may not send to, whatever their host's name leads to
 * @param deniedToApps the same for drains of applications
 * @param steps is told what is done to open a drain
 */
public record DrainEnvironment(
        List<Path> allowedFolders,
        Supplier<Set<Path>> sources,
        Supplier<String> coreAddress,
        Path secretsFolder,
        DeniedTargets denied,
        DeniedTargets deniedToApps,
        Steps steps) {
    /** The host in URIs that stands for the node with the Redis of the cluster. */
    public static final String CORE_ALIAS = "stackato-core";

    public DrainEnvironment {
        allowedFolders = List.copyOf(allowedFolders);
    }

    /** Where applications are denied nothing that others are not. */
    public DrainEnvironment(
            List<Path> allowedFolders,
            Supplier<String> coreAddress,
            Path secretsFolder,
            DeniedTargets denied,
            Steps steps) {
        this(allowedFolders, Set::of, coreAddress, secretsFolder, denied, denied, steps);
    }

    /** Where nothing is denied, and with nobody who is interested in each step. */
    public DrainEnvironment(List<Path> allowedFolders, Supplier<String> coreAddress, Path secretsFolder) {
        this(allowedFolders, coreAddress, secretsFolder, DeniedTargets.NONE, Steps.UNSEEN);
    }

    /** The same, with the secrets where they are unless it is set otherwise. */
    public DrainEnvironment(List<Path> allowedFolders, Supplier<String> coreAddress) {
        this(allowedFolders, coreAddress, Path.of(Setting.DRAIN_SECRETS_DIR.absent()));
    }

    /**
     * As a node's settings have it.
     *
     * @throws logyard.config.ConfigException if one of them cannot be read
     */
    public static DrainEnvironment of(Settings settings, Supplier<Set<Path>> sources, Supplier<String> coreAddress) {
        var denied = new DeniedTargets(settings.networks(Setting.DRAIN_DENIED_TARGETS));
        return new DrainEnvironment(
                settings.paths(Setting.FILE_ALLOWED_DIRS),
                sources,
                coreAddress,
                settings.path(Setting.DRAIN_SECRETS_DIR),
                denied,
                denied.and(Setting.APPDRAIN_DENIED_TARGETS, settings.networks(Setting.APPDRAIN_DENIED_TARGETS)),
                Steps.UNSEEN);
    }

    /** The same, but each step is told. */
    public DrainEnvironment watchedBy(Steps steps) {
        return new DrainEnvironment(allowedFolders, sources, coreAddress, secretsFolder, denied, deniedToApps, steps);
    }

    /** The same, as it is for a drain of this name. */
    public DrainEnvironment forDrain(String drain) {
        return AppDrains.app(drain).isEmpty()
                ? this
                : new DrainEnvironment(
                        allowedFolders, sources, coreAddress, secretsFolder, deniedToApps, deniedToApps, steps);
    }
}
