import io.github.cdkmaven.world.InvokedLocal

InvokedLocal.of(context).withCloseable { build ->
    assert build.log().contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time')
    def start = build.json('target/cdk/start/report.json')
    assert start.path('outcome').asText() == 'ok'
    assert start.path('cdk').path('engine').asText() == 'crc'
    assert start.path('cdk').path('version').asText() == '2.53.0'
    assert start.path('cdk').path('openshift').asText() == 'v4.19.3'
    assert start.path('summary').path('failed').asInt() == 0
    assert build.log() =~ /Mirror +(\d+) of \1 images are in the registry/
    assert start.path('images').findValuesAsText('verdict').toSet() == ['bundled'] as Set
    assert start.path('checks').findValuesAsText('subject').containsAll(['image.config/cluster', 'imagetagmirrorset/cdk-maven-plugin'])
    assert build.crc().run([:], 'status').stdout() =~ /CRC VM: +Stopped/
    assert build.crc().journal().crcCalls().findAll { it.startsWith('setup') }.every { it.contains('--check-only') }
    // The VM itself, while it starts and until the cluster is told otherwise; neither crc on the host nor the plugin asks for anything.
    def inTheVm = ['quay.io', '2.rhel.pool.ntp.org', 'registry.redhat.io', 'api.openshift.com']
    assert build.crc().journal().outsideContacts() - inTheVm == []
}
true
