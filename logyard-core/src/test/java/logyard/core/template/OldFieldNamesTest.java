package logyard.core.template;

import static logyard.core.template.TemplateOption.OLD_FIELD_NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of spec/02 §6 and the fields of 2013 in its §2. */
class OldFieldNamesTest {
    @ParameterizedTest
    @CsvSource({
        "HumanTime,human_time",
        "NodeID,node_id",
        "AppID,app_id",
        "LogFilename,filename",
        "AppGroup,app_group",
        "AppGUID,app_guid",
        "AppSpace,app_space",
        "AppName,app_name",
        "InstanceIndex,instance_index",
        "UnixTime,unix_time",
        "Desc,desc",
        "Text,text",
        "Name,name",
        "Source,source",
        "Type,type",
        "Severity,severity",
        "Info,info",
        "Process,process"
    })
    void standForTheFieldsOfToday(String old, String now) {
        String record = "{\"" + now + "\":\"value\"}";

        assertThat(Rendered.of("{{." + old + "}}", record, OLD_FIELD_NAMES)).isEqualTo("value");
        assertThat(Rendered.of("{{if true}}{{." + old + "}}{{$." + old + "}}{{end}}", record, OLD_FIELD_NAMES))
                .isEqualTo("valuevalue");
    }

    @Test
    void giveWayToAFieldOfTheVeryName() {
        String record = "{\"name\":\"new\",\"Name\":\"old\",\"Text\":null,\"text\":\"new\"}";

        assertThat(Rendered.of("{{.Name}} {{.Text}}", record, OLD_FIELD_NAMES)).isEqualTo("old <no value>");
    }

    @Test
    void countAtTheFirstLevelOnly() {
        String record = "{\"info\":{\"name\":\"x\"},\"list\":[{\"name\":\"y\"}]}";

        assertThat(Rendered.of("{{.Info.Name}}", record, OLD_FIELD_NAMES)).isEqualTo("<no value>");
        assertThat(Rendered.of("{{.Info.name}}", record, OLD_FIELD_NAMES)).isEqualTo("x");
        assertThat(Rendered.of("{{range .list}}{{.Name}}{{end}}", record, OLD_FIELD_NAMES))
                .isEqualTo("<no value>");
    }

    @Test
    void standForNothingInAPlainTemplate() {
        assertThat(Rendered.of("{{.Name}}", "{\"name\":\"dea\"}")).isEqualTo("<no value>");
    }

    @Test
    void leaveOtherNamesAlone() {
        assertThat(Rendered.of("{{.S}}", "{\"s\":\"x\"}", OLD_FIELD_NAMES)).isEqualTo("<no value>");
    }
}
