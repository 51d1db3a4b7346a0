import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def report = build.json('target/cdk/start/report.json')
    assert report.path('outcome').asText() == 'ok'
    assert report.path('summary').path('imported').asInt() == 7
    assert report.path('summary').path('failed').asInt() == 0
    // OpenShift looks at its default ImageStreams by itself before anybody can move them; nothing else leaves the site.
    assert build.reachedOutside() - ['controller'] == [] as Set
    assert build.cdk().status().contains('Stopped')
}
true
