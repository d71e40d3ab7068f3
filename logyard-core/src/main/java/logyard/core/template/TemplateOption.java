package logyard.core.template;

/** Where a drain format differs from a plain Go template. */
public enum TemplateOption {
    /**
     * A field that records had in 2013, such as {@code .HumanTime}, stands for the field that has taken its place,
     * {@code human_time}, in records that do not have it themselves.
     */
    OLD_FIELD_NAMES,

    /** CR and LF in what an action prints become spaces, so that one event stays one line. The template's own stay. */
    ONE_LINE
}
