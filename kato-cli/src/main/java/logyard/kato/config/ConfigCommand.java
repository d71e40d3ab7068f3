package logyard.kato.config;

import picocli.CommandLine.Command;

/** {@code kato config}: its commands say what it does. */
@Command(
        name = "config",
        description = "Show and change the settings of the cluster; every daemon obeys a change at once.",
        footer = {
            "",
            "The components are logyard (drains, drainformats, retrylimits), systail, apptail, cloud_events, cluster and"
                    + " cloud_controller; local are the settings of this node.",
            "",
            "Example: kato config set systail log_files/dpkg /var/log/dpkg.log"
        })
public final class ConfigCommand {}
