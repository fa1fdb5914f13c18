#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   long mask=0xFFFFFFFF;
  }
#endif
// refused: hex-mask at 5:14
