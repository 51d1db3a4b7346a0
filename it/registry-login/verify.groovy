import io.github.cdkmaven.sim.registry.RegistryFlavour
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def report = build.json('target/cdk/start/report.json')
    assert report.path('outcome').asText() == 'ok'
    assert report.path('summary').path('imported').asInt() == 7
    assert report.path('summary').path('failed').asInt() == 0
    assert report.path('summary').path('external').asInt() == 0
    assert report.path('checks').findValuesAsText('id').containsAll(['registry.platform', 'registry.trust'])
    def changes = build.cdk().journal().changingCalls()
    assert !changes.any { it.contains('insecure-registry') }
    assert changes.containsAll(['PATCH /api/v1/namespaces/myproject/serviceaccounts/default',
                                'PATCH /api/v1/namespaces/myproject/serviceaccounts/builder'])
    assert !build.log().contains(RegistryFlavour.PASSWORD)
    assert build.cdk().status().contains('Stopped')
}
true
