import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def refused = build.json('target/cdk/verify/report.json')
    assert refused.path('goal').asText() == 'verify'
    assert refused.path('outcome').asText() == 'failed'
    assert refused.path('summary').path('external').asInt() == 1
    assert new File(basedir, 'target/cdk/verify/TEST-cdk.xml').text.contains('failures="1"')

    // What a person reads: pod, container and image, and the settings that prevent or allow it.
    def log = build.log()
    assert log.contains('1 image is not from the registry 127.0.0.1:')
    assert log.contains('pod shop/web-1-abcde/app: quay.io/team/shop:1: pulled from quay.io')
    assert log.contains('<mappings> has no rule that sends it to 127.0.0.1:')
    assert log.contains('Fix: Apply the fix shown beside each image')
    assert log.contains('<allowedImages> (-Dcdk.allowedImages=')

    def allowed = build.json('target/allowed/verify/report.json')
    assert allowed.path('outcome').asText() == 'ok'
    assert allowed.path('images').any {
        it.path('location').asText() == 'pod shop/web-1-abcde/app' && it.path('verdict').asText() == 'allowed'
    }
}
true
