package logyard.core.appcopy;

import logyard.core.event.AppInstance;

/**
 * What an event says to the owner of an application.
 *
 * @param source who says it, such as {@code stackato[dea_ng.0]}
 * @param unixTime when, in seconds since 1970
 */
record AppLine(AppInstance app, String source, String text, long unixTime) {}
