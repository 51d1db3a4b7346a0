import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    // Failsafe's test, Surefire's, and what exec printed.
    assert build.log().count('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time') == 2
    def api = build.json('target/cdk/start/report.json').path('cdk').path('apiUrl').asText()
    assert build.log().readLines().any { it.endsWith(api) && !it.contains('console') }
    // What names a cluster that has stopped is gone.
    ['cdk.properties', 'kubeconfig', 'engine.kubeconfig', 'push-login'].each { assert !new File(basedir, "target/cdk/$it").exists() }
    assert build.json('target/cdk/start/report.json').path('outcome').asText() == 'ok'
    assert new File(basedir, 'target/cdk/start/report.html').text.contains('<b>7</b> imported')
    def index = new File(basedir, 'target/cdk/report.html').text
    assert index.indexOf('./stop/report.html') in 1..<index.indexOf('./start/report.html')
    assert build.cdk().status().contains('Minishift:  Stopped')
    // OpenShift looks at its default ImageStreams by itself before anybody can move them; nothing else leaves the site.
    assert build.reachedOutside() - ['controller'] == [] as Set
}
true
