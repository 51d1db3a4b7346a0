import io.github.cdkmaven.world.InvokedLocal

InvokedLocal.of(context).withCloseable { build ->
    assert build.log().contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time')
    def start = build.json('target/cdk/start/report.json')
    assert start.path('outcome').asText() == 'ok'
    assert start.path('cdk').path('engine').asText() == 'crc'
    assert start.path('cdk').path('version').asText() == '2.25.0'
    assert start.path('cdk').path('openshift').asText() == 'v4.13.6'
    assert start.path('summary').path('failed').asInt() == 0
    assert start.path('images').findValuesAsText('verdict').toSet() == ['bundled'] as Set
    assert start.path('checks').findValuesAsText('subject').containsAll(['image.config/cluster', 'imagetagmirrorset/cdk-maven-plugin'])
    // In the network mode 'system' no daemon runs, which crc would need to tell its state.
    assert build.json('target/cdk/stop/report.json').path('outcome').asText() == 'ok'
    assert build.crc().journal().crcCalls().any { it.startsWith('stop') }
    assert build.crc().journal().crcCalls().findAll { it.startsWith('setup') }.every { it.contains('--check-only') }
    // The VM itself, while it starts and until the cluster is told otherwise; neither crc on the host nor the plugin asks for anything.
    def inTheVm = ['quay.io', '2.rhel.pool.ntp.org', 'registry.redhat.io', 'api.openshift.com']
    assert build.crc().journal().outsideContacts() - inTheVm == []
}
true
