import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def report = build.json('target/cdk/start/report.json')
    assert report.path('outcome').asText() == 'ok'
    assert report.path('summary').path('imported').asInt() == 7
    assert report.path('summary').path('failed').asInt() == 0
    // OpenShift looks at its default ImageStreams by itself before anybody can move them; nothing else leaves the site.
    // minishift 1.15 and 1.16 cannot be kept from one try to open a connection to github.com, nothing of which is needed:
    // cmd/start_preflight.go of 1.15.1 asks no setting first, and net.Dial no proxy. The log tells of it.
    assert build.log().count('contacts github.com before it reads any setting') == 1
    assert build.reachedOutside() - ['controller', 'release check'] == [] as Set
    assert build.cdk().status().contains('Stopped')
}
true
