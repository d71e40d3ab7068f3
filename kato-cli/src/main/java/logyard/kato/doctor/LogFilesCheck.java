package logyard.kato.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.config.ConfigSubtree;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.settings.SystailConfig;
import logyard.kato.process.Unit;

/** Whether systail may read the files that it is to follow. Those that are not there are no fault: all nodes have one list. */
final class LogFilesCheck {
    private static final String SUBJECT = "log_files";

    private final Settings settings;
    private final Findings findings;

    LogFilesCheck(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /**
     * Looks at those that are named.
     *
     * @param subtree the settings of systail
     * @param systail the process; empty if it does not run
     * @param unit that it is, or is a part of
     */
    void examine(ConfigSubtree subtree, OptionalLong systail, Unit unit) {
        SystailConfig config;
        try {
            config = new ConfigReader<>(ConfigPath.SYSTAIL, SystailConfig.class).read(subtree);
        } catch (ConfigException e) {
            findings.fail(SUBJECT, String.valueOf(e.getMessage()), "kato config get systail");
            return;
        }
        try {
            Optional<Account> reader =
                    systail.isPresent() ? Optional.of(Account.of(systail.getAsLong())) : Account.ofSystail();
            if (reader.isPresent()) {
                examine(config, reader.get(), Sight.of(systail, unit));
            } else {
                findings.warn(
                        SUBJECT,
                        "there is no user logyard, so that nobody knows what systail may read",
                        "install the package");
            }
        } catch (IOException e) {
            findings.warn(SUBJECT, "what systail may read cannot be told: " + e, "sudo kato doctor");
        }
    }

    void examine(SystailConfig config, Account reader, Sight sight) throws IOException {
        int there = 0;
        int readable = 0;
        for (Map.Entry<String, String> log : new TreeMap<>(config.logFiles()).entrySet()) {
            if (SystailConfig.problem(log.getKey(), log.getValue()).isPresent()) {
                continue;
            }
            Path file = SystailConfig.path(log.getKey(), log.getValue(), settings.path(Setting.LOGS_DIR));
            if (!Files.exists(file)) {
                continue;
            }
            there++;
            if (isReadable(file, reader, sight)) {
                readable++;
            }
        }
        findings.ok(
                SUBJECT,
                readable + " files are followed; of " + config.logFiles().size() + " that are named, " + there
                        + " are there");
    }

    private boolean isReadable(Path file, Account reader, Sight sight) throws IOException {
        Path real = file.toRealPath();
        Optional<String> hidden = sight.obstacle(real);
        if (hidden.isPresent()) {
            findings.add(
                    sight.isCertain() ? Finding.Level.FAIL : Finding.Level.WARN,
                    SUBJECT,
                    "systail does not see " + file + ": " + hidden.get(),
                    sight.remedy(real));
            return false;
        }
        Optional<Path> obstacle = reader.obstacle(file);
        obstacle.ifPresent(path -> findings.warn(
                SUBJECT,
                "systail may not read " + file + ", for the mode of " + path,
                "chgrp adm " + path + " && chmod g+rX " + path));
        return obstacle.isEmpty();
    }
}
