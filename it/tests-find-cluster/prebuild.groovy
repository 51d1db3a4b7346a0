import io.github.cdkmaven.world.InvokedCluster

context.plain = InvokedCluster.prepare(new File(basedir, 'plain'), [:], '4.19.0')
context.fabric8 = InvokedCluster.prepare(new File(basedir, 'fabric8'), [:], 'v3.11.0')
context.failing = InvokedCluster.prepare(new File(basedir, 'failing'), [:], '4.19.0').withCrashingPod()
new File(basedir, 'test.properties').text = 'cdk.registryInsecure=true\n'
true
