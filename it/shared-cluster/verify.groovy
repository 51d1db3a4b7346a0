import io.github.cdkmaven.world.InvokedCluster

InvokedCluster.of(context).withCloseable { build ->
    assert build.log().contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time')
    // Which cluster it is stands before anything else that start says.
    def lines = build.log().readLines()
    def first = lines.findIndexOf { it.contains('cdk-maven-plugin') && it.contains(':start ') } + 1
    assert lines[first].contains(build.url())

    def start = build.json('target/cdk/start/report.json')
    assert start.path('cdk').path('engine').asText() == 'cluster'
    assert start.path('cdk').path('apiUrl').asText() == build.url()
    assert start.path('cdk').path('user').asText() == 'kube:admin'
    assert start.path('cdk').path('openshift').asText() == '4.19.0'
    assert start.path('summary').path('imported').asInt() == 7
    assert new File(basedir, 'target/cdk/stop/report.html').text.contains('Nothing to stop')

    assert !build.changes().isEmpty()
    build.changes().each { assert it.contains('/imagestream') }
}
true
