// Where the JDK is cannot be known: mvn verify -Djdk25.home=/path/to/jdk-25
def home = System.getProperty('jdk25.home')
if (home == null) {
    assert System.getenv('CDK_REQUIRE_JDK25') == null : 'CDK_REQUIRE_JDK25 is set, but -Djdk25.home is not'
    org.slf4j.LoggerFactory.getLogger('selector').info('maven-matrix-jdk25 is left out: -Djdk25.home does not say where a JDK 25 is.')
    return false
}
assert new File(home, 'bin').isDirectory() : "-Djdk25.home=${home} is no JDK"
true
