package logyard.apptail.instance;

/** A message that is none of those that a DEA sends; says what is wrong with it. */
final class MalformedAnnouncementException extends Exception {
    MalformedAnnouncementException(String problem) {
        super(problem);
    }
}
