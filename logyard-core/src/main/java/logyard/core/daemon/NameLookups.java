package logyard.core.daemon;

import java.security.Security;

/** How this process looks names up. */
public final class NameLookups {
    private NameLookups() {}

    /**
     * Java would give an address of up to 30 s ago, but a reconnect is for the one of now. Java asks for this once, at the
     * first lookup of the process, so a {@code main} begins with it.
     */
    public static void uncached() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }
}
