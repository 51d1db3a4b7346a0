import groovy.xml.XmlSlurper
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def (nothing, found, green) = build.logs()
    def block = { log -> log.readLines().findAll { it.contains('[ERROR]') }.takeWhile { !it.contains('[Help 1]') } }
    def index = "first-start${File.separator}target${File.separator}cdk${File.separator}start${File.separator}report.html"

    // With -q there is nothing else, and it is enough.
    assert block(nothing).size() >= 3
    assert block(nothing)[0].contains("The program 'minishift' was not found on the PATH.")
    assert block(nothing).any { it.contains('Fix: ') && it.contains('-Dcdk.minishift=') }
    assert block(nothing)[-1].contains('Report: ') && block(nothing)[-1].endsWith(index)
    assert !nothing.contains('[INFO]')

    // What the block says was not said before.
    assert block(found).any { it.contains('speaks plain HTTP') }
    assert block(found).any { it.contains('Fix: ') && it.contains('<registryInsecure>true</registryInsecure>') }
    assert found.count('speaks plain HTTP') == 1 && found.count('<registryInsecure>') == 1 && found.count(index) == 1

    assert green.contains('BUILD SUCCESS')
    def summary = new XmlSlurper().parse(new File(basedir, 'target/failsafe-reports/failsafe-summary.xml'))
    assert summary.completed.text() == '1' && summary.failures.text() == '0' && summary.errors.text() == '0'
    assert green.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
    // The test's own question to the cluster, and the answer on the console.
    assert build.cdk().journal().invocations().any { it.commandLine() == 'oc get imagestreams -n openshift' && it.exit() == 0 }
    assert green.readLines().any { it.trim() == 'jenkins' }
    def report = build.json('target/cdk/start/report.json')
    assert report.path('outcome').asText() == 'ok'
    // A VM that has booted has its hypervisor, and the tests are bound.
    assert report.path('checks').findAll { it.path('outcome').asText() == 'warn' }*.path('id')*.asText() == ['registry.tls']
    assert build.cdk().status().contains('Stopped')
}
true
