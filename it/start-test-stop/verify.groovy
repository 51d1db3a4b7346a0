import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    // Failsafe's test, Surefire's, and what exec printed: the address that cdk.properties has, too.
    assert build.log().count('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time') == 2
    def handedOver = new Properties()
    new File(basedir, 'target/cdk/cdk.properties').withInputStream { handedOver.load(it) }
    assert build.log().readLines().any { it.endsWith(handedOver['cdk.apiUrl']) && !it.contains('console') }
    assert build.json('target/cdk/start/report.json').path('outcome').asText() == 'ok'
    assert new File(basedir, 'target/cdk/start/report.html').text.contains('<b>7</b> imported')
    def index = new File(basedir, 'target/cdk/report.html').text
    assert index.indexOf('./stop/report.html') in 1..<index.indexOf('./start/report.html')
    assert build.cdk().status().contains('Minishift:  Stopped')
    // OpenShift looks at its default ImageStreams by itself before anybody can move them; nothing else leaves the site.
    assert build.reachedOutside() - ['controller'] == [] as Set
}
true
