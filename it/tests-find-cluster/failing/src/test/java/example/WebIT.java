package example;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** A test that fails, since what it tests does not run: the report of cdk:stop tells why. */
class WebIT {

    @Test
    void answers() {
        fail("the application does not answer");
    }
}
