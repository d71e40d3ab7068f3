package logyard.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "authToken",
                "PassWord",
                "passwd",
                "pwd",
                "passphrase",
                "ssh_pass_phrase",
                "passcode",
                "pass",
                "smtp_pass",
                "dbpass",
                "smtpPass",
                "pass2",
                "requirepass",
                "apikey",
                "X-Api-Key",
                "access_key",
                "secretAccessKey",
                "private_key",
                "PRIVATE-KEYS",
                "encryption_key",
                "bearer",
                "credential",
                "credentials",
                "creds",
                "jwt",
                "Authorization",
                "sig",
                "x-amz-signature"
            })
    void areThoseOfPasswordsTokensAndKeys(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "passed",
                "passive",
                "passenger",
                "compass",
                "bypass",
                "bypass_rules",
                "pass_through",
                "secrets_dir",
                "drain.secrets_dir",
                "secretary",
                "key",
                "keys",
                "monkey",
                "access_key_id",
                "tokenizer",
                "tokenised",
                "author",
                "authority",
                "cert",
                "sign",
                "signal",
                "design",
                "accredited",
                "zk.auth.file",
                "apptail.uid_file"
            })
    void areNoOthers(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }
}
